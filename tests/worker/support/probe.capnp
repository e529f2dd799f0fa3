# The Worker of worker/workerd.capnp, and beside it a probe that may talk to the object which watches Compago's list:
# an order does so only half an hour after its link was made, and a test has no such time.

using Workerd = import "/workerd/workerd.capnp";
using Edge = import "../../../worker/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "worker", worker = Edge.worker),
    (name = "probe", worker = .probe),
    (name = "site", disk = (path = ".build/site")),
    (name = "objects", disk = (path = ".data/objects", writable = true)),
    (name = "internet", network = (allow = ["public", "private"], tlsOptions = (trustBrowserCas = true))),
  ],
  sockets = [
    (name = "http", address = "127.0.0.1:8787", http = (), service = "worker"),
    (name = "probe", address = "127.0.0.1:0", http = (), service = "probe"),
  ],
);

const probe :Workerd.Worker = (
  modules = [(name = "probe.js", esModule = embed "probe.js")],
  compatibilityDate = "2026-04-26",
  bindings = [
    (name = "LIST_WATCH", durableObjectNamespace = (className = "ListWatchObject", serviceName = "worker")),
  ],
);
