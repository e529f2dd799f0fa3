# The hand-written side of `npm run bench`. It is started as the Worker is, so it has the same services.

using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "worker", worker = .worker),
    (name = "site", disk = (path = ".build/site")),
    (name = "objects", disk = (path = ".data/objects", writable = true)),
  ],
  sockets = [(name = "http", address = "127.0.0.1:8787", http = (), service = "worker")],
);

const worker :Workerd.Worker = (
  modules = [(name = "by-hand.js", esModule = embed "by-hand.js")],
  compatibilityDate = "2026-04-26",
  bindings = [
    (name = "ORDERS", durableObjectNamespace = "OrderObject"),
    (name = "SIGNING_KEY", fromEnvironment = "SIGNING_KEY"),
  ],
  durableObjectNamespaces = [(className = "OrderObject", uniqueKey = "by-hand-orders", enableSql = true)],
  durableObjectStorage = (localDisk = "objects"),
);
