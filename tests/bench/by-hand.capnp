# The hand-written side of `npm run bench`. It is started as the Worker is, so it has the same services and variables.

using Workerd = import "/workerd/workerd.capnp";

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
    (name = "worker.js", esModule = embed "by-hand/worker.js"),
    (name = "checks.js", esModule = embed "by-hand/checks.js"),
    (name = "keys.js", esModule = embed "by-hand/keys.js"),
    (name = "order.js", esModule = embed "by-hand/order.js"),
    (name = "respond.js", esModule = embed "by-hand/respond.js"),
    (name = "shop-objects.js", esModule = embed "by-hand/shop-objects.js"),
  ],
  compatibilityDate = "2026-04-26",
  bindings = [
    (name = "ASSETS", service = "site"),
    (name = "ORDERS", durableObjectNamespace = "OrderObject"),
    (name = "OPEN_LINKS", durableObjectNamespace = "OpenLinksObject"),
    (name = "DESK", durableObjectNamespace = "DeskObject"),
    (name = "COMPAGO_BASE_URL", fromEnvironment = "COMPAGO_BASE_URL"),
    (name = "CHECKOUT_ORIGINS", fromEnvironment = "CHECKOUT_ORIGINS"),
    (name = "SHOP_ORIGIN", fromEnvironment = "SHOP_ORIGIN"),
    (name = "LIMIT_CREATE_PER_MINUTE", fromEnvironment = "LIMIT_CREATE_PER_MINUTE"),
    (name = "LIMIT_OPEN_PER_ADDRESS", fromEnvironment = "LIMIT_OPEN_PER_ADDRESS"),
    (name = "LIMIT_OPEN_PER_SHOP", fromEnvironment = "LIMIT_OPEN_PER_SHOP"),
    (name = "COMPAGO_API_KEY", fromEnvironment = "COMPAGO_API_KEY"),
    (name = "SIGNING_KEY", fromEnvironment = "SIGNING_KEY"),
  ],
  durableObjectNamespaces = [
    (className = "OrderObject", uniqueKey = "by-hand-orders", enableSql = true),
    (className = "OpenLinksObject", uniqueKey = "by-hand-open-links", enableSql = true),
    (className = "DeskObject", uniqueKey = "by-hand-desk", enableSql = true),
  ],
  durableObjectStorage = (localDisk = "objects"),
);
