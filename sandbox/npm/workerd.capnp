# How workerd runs the sandbox. bin.js names one of the two configurations, the address and the folder.

using Workerd = import "/workerd/workerd.capnp";

# Everything is forgotten when the process ends.
const inMemory :Workerd.Config = (
  services = [(name = "sandbox", worker = .forgetful), .internet],
  sockets = .sockets,
);

# Payments, intents, saved cards and the clock are kept in the folder `objects`.
const onDisk :Workerd.Config = (
  services = [(name = "sandbox", worker = .keeping), (name = "objects", disk = (path = ".", writable = true)), .internet],
  sockets = .sockets,
);

const sockets :List(Workerd.Socket) = [(name = "http", address = "127.0.0.1:8788", http = (), service = "sandbox")];

# The sandbox calls nobody.
const internet :Workerd.Service = (name = "internet", network = (allow = []));

const forgetful :Workerd.Worker = (
  modules = .modules,
  compatibilityDate = .compatibilityDate,
  bindings = .bindings,
  durableObjectNamespaces = .classes,
  durableObjectStorage = (inMemory = void),
);

const keeping :Workerd.Worker = (
  modules = .modules,
  compatibilityDate = .compatibilityDate,
  bindings = .bindings,
  durableObjectNamespaces = .classes,
  durableObjectStorage = (localDisk = "objects"),
);

const compatibilityDate :Text = "2026-04-26";

const modules :List(Workerd.Worker.Module) = [
  (name = "index.js", esModule = embed "worker/index.js"),
  (name = "index_bg.wasm", wasm = embed "worker/index_bg.wasm"),
];

const bindings :List(Workerd.Worker.Binding) = [
  (name = "SANDBOX", durableObjectNamespace = "SandboxObject"),
  (name = "ORIGIN", fromEnvironment = "ORIGIN"),
];

# Settings, faults and calls are in memory only: the object stays there for as long as the process runs.
const classes :List(Workerd.Worker.DurableObjectNamespace) = [
  (className = "SandboxObject", uniqueKey = "compago-edge-sandbox", enableSql = true, preventEviction = true),
];
