# Runs the sandbox so that payments, intents, saved cards and the clock are kept in a folder, which serve.js names.

using Workerd = import "/workerd/workerd.capnp";
using Sandbox = import "sandbox.capnp";

const config :Workerd.Config = (
  services = [
    (name = "sandbox", worker = .worker),
    (name = "objects", disk = (path = ".", writable = true)),
    Sandbox.internet,
  ],
  sockets = Sandbox.sockets,
);

const worker :Workerd.Worker = (
  modules = Sandbox.modules,
  compatibilityDate = Sandbox.compatibilityDate,
  bindings = [
    (name = "SANDBOX", durableObjectNamespace = "SandboxObject"),
    (name = "ORIGIN", fromEnvironment = "ORIGIN"),
    (name = "KEPT", text = "yes"),
  ],
  durableObjectNamespaces = Sandbox.classes,
  durableObjectStorage = (localDisk = "objects"),
);
