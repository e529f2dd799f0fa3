# The Worker of the build for tests, of which only the vouchers and what they publish to are used; `ask.js` hands them messages.

using Workerd = import "/workerd/workerd.capnp";
using Edge = import "../../worker/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "ask", worker = .ask),
    (name = "worker", worker = .worker),
    (name = "site", disk = (path = ".build/test-site")),
    (name = "objects", disk = (path = ".data/objects", writable = true)),
    (name = "internet", network = (allow = ["public", "private"], tlsOptions = (trustBrowserCas = true))),
  ],
  sockets = [(name = "http", address = "127.0.0.1:8787", http = (), service = "ask")],
);

const ask :Workerd.Worker = (
  modules = [(name = "ask.js", esModule = embed "ask.js")],
  compatibilityDate = "2026-04-26",
  bindings = [(name = "VOUCHERS", durableObjectNamespace = (className = "VoucherObject", serviceName = "worker"))],
);

const worker :Workerd.Worker = (
  modules = [
    (name = "index.js", esModule = embed "../../.build/test-worker/index.js"),
    (name = "index_bg.wasm", wasm = embed "../../.build/test-worker/index_bg.wasm"),
  ],
  compatibilityDate = "2026-04-26",
  bindings = Edge.bindings,
  durableObjectNamespaces = [
    (className = "VoucherObject", uniqueKey = "compago-edge-vouchers", enableSql = true),
    (className = "OrderObject", uniqueKey = "compago-edge-orders", enableSql = true),
    (className = "RateLimitObject", uniqueKey = "compago-edge-rate-limits", enableSql = true),
    (className = "OpenLinksObject", uniqueKey = "compago-edge-open-links", enableSql = true),
    (className = "TerminalObject", uniqueKey = "compago-edge-terminals", enableSql = true),
    (className = "RegisterObject", uniqueKey = "compago-edge-register", enableSql = true),
    (className = "PaymentMethodObject", uniqueKey = "compago-edge-payment-methods", enableSql = true),
    (className = "DeskObject", uniqueKey = "compago-edge-desk", enableSql = true),
    (className = "RosterObject", uniqueKey = "compago-edge-rosters", enableSql = true),
    (className = "SessionObject", uniqueKey = "compago-edge-sessions", enableSql = true),
    (className = "SettingsObject", uniqueKey = "compago-edge-settings", enableSql = true),
  ],
  durableObjectStorage = (localDisk = "objects"),
);
