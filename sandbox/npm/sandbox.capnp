# What in-memory.capnp and on-disk.capnp share.

using Workerd = import "/workerd/workerd.capnp";

const sockets :List(Workerd.Socket) = [(name = "http", address = "127.0.0.1:8788", http = (), service = "sandbox")];

# The sandbox calls nobody.
const internet :Workerd.Service = (name = "internet", network = (allow = []));

const compatibilityDate :Text = "2026-04-26";

const modules :List(Workerd.Worker.Module) = [
  (name = "index.js", esModule = embed "worker/index.js"),
  (name = "index_bg.wasm", wasm = embed "worker/index_bg.wasm"),
];

# Settings, faults and calls are in memory only: the object stays there for as long as the process runs.
const classes :List(Workerd.Worker.DurableObjectNamespace) = [
  (className = "SandboxObject", uniqueKey = "compago-edge-sandbox", enableSql = true, preventEviction = true),
];
