# The Worker of worker/workerd.capnp with the clock of clock.js.

using Workerd = import "/workerd/workerd.capnp";
using Edge = import "../../worker/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "worker", worker = .worker),
    (name = "site", disk = (path = ".build/test-site")),
    (name = "objects", disk = (path = ".data/objects", writable = true)),
    (name = "internet", network = (allow = ["public", "private"], tlsOptions = (trustBrowserCas = true))),
  ],
  sockets = [(name = "http", address = "127.0.0.1:8787", http = (), service = "worker")],
);

const worker :Workerd.Worker = (
  modules = [
    (name = "clock.js", esModule = embed "clock.js"),
    (name = "start.js", esModule = embed "start.js"),
    (name = "count.js", esModule = embed "count.js"),
    (name = "still.js", esModule = embed "still.js"),
    (name = "index.js", esModule = embed "../../worker/build/index.js"),
    (name = "index_bg.wasm", wasm = embed "../../worker/build/index_bg.wasm"),
  ],
  compatibilityDate = "2026-04-26",
  bindings = Edge.bindings,
  durableObjectNamespaces = Edge.classes,
  durableObjectStorage = (localDisk = "objects"),
);
