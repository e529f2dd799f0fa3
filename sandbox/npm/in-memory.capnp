# Runs the sandbox so that everything is forgotten when the process ends.

using Workerd = import "/workerd/workerd.capnp";
using Sandbox = import "sandbox.capnp";

const config :Workerd.Config = (
  services = [(name = "sandbox", worker = .worker), Sandbox.internet],
  sockets = Sandbox.sockets,
);

const worker :Workerd.Worker = (
  modules = Sandbox.modules,
  compatibilityDate = Sandbox.compatibilityDate,
  bindings = [
    (name = "SANDBOX", durableObjectNamespace = "SandboxObject"),
    (name = "ORIGIN", fromEnvironment = "ORIGIN"),
  ],
  durableObjectNamespaces = Sandbox.classes,
  durableObjectStorage = (inMemory = void),
);
