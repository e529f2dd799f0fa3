# The same build as on Cloudflare, on one's own machine: `npm start` and the tests run it like this.
#
#   workerd serve worker/workerd.capnp --socket-addr http=127.0.0.1:8787
#
# Run it from the project's root: workerd takes the two folders below relative to where it is started, or from
# `--directory-path site=...` and `--directory-path objects=...`. Secrets and variables come from the environment.

using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "worker", worker = .worker),
    (name = "site", disk = (path = ".build/site")),
    (name = "objects", disk = (path = ".data/objects", writable = true)),
    # The sandbox and the receiver listen on this machine, which the default network refuses.
    (name = "internet", network = (allow = ["public", "private"], tlsOptions = (trustBrowserCas = true))),
  ],
  sockets = [(name = "http", address = "127.0.0.1:8787", http = (), service = "worker")],
);

const worker :Workerd.Worker = (
  modules = [
    (name = "index.js", esModule = embed "build/index.js"),
    (name = "index_bg.wasm", wasm = embed "build/index_bg.wasm"),
  ],
  compatibilityDate = "2026-04-26",
  bindings = .bindings,
  durableObjectNamespaces = .classes,
  durableObjectStorage = (localDisk = "objects"),
);

const bindings :List(Workerd.Worker.Binding) = [
  (name = "ASSETS", service = "site"),
  (name = "ORDERS", durableObjectNamespace = "OrderObject"),
  (name = "RATE_LIMITS", durableObjectNamespace = "RateLimitObject"),
  (name = "OPEN_LINKS", durableObjectNamespace = "OpenLinksObject"),
  (name = "TERMINALS", durableObjectNamespace = "TerminalObject"),
  (name = "REGISTER", durableObjectNamespace = "RegisterObject"),
  (name = "PAYMENT_METHODS", durableObjectNamespace = "PaymentMethodObject"),
  (name = "DESK", durableObjectNamespace = "DeskObject"),
  (name = "ROSTERS", durableObjectNamespace = "RosterObject"),
  (name = "SESSIONS", durableObjectNamespace = "SessionObject"),
  (name = "MODE", fromEnvironment = "MODE"),
  (name = "COMPAGO_BASE_URL", fromEnvironment = "COMPAGO_BASE_URL"),
  (name = "CHECKOUT_ORIGINS", fromEnvironment = "CHECKOUT_ORIGINS"),
  (name = "SHOP_ORIGIN", fromEnvironment = "SHOP_ORIGIN"),
  (name = "STAFF_ORIGIN", fromEnvironment = "STAFF_ORIGIN"),
  (name = "EMBED_ORIGINS", fromEnvironment = "EMBED_ORIGINS"),
  (name = "WEBHOOK_URL", fromEnvironment = "WEBHOOK_URL"),
  (name = "SOLE_CHARGER", fromEnvironment = "SOLE_CHARGER"),
  (name = "RETAIN_DAYS", fromEnvironment = "RETAIN_DAYS"),
  (name = "LIMIT_CREATE_PER_MINUTE", fromEnvironment = "LIMIT_CREATE_PER_MINUTE"),
  (name = "LIMIT_OPEN_PER_ADDRESS", fromEnvironment = "LIMIT_OPEN_PER_ADDRESS"),
  (name = "LIMIT_OPEN_PER_NETWORK", fromEnvironment = "LIMIT_OPEN_PER_NETWORK"),
  (name = "LIMIT_OPEN_PER_SHOP", fromEnvironment = "LIMIT_OPEN_PER_SHOP"),
  (name = "LIMIT_CHARGE_PER_MINUTE", fromEnvironment = "LIMIT_CHARGE_PER_MINUTE"),
  (name = "LIMIT_FAILURES_PER_MINUTE", fromEnvironment = "LIMIT_FAILURES_PER_MINUTE"),
  (name = "COMPAGO_API_KEY", fromEnvironment = "COMPAGO_API_KEY"),
  (name = "OPERATOR_TOKEN", fromEnvironment = "OPERATOR_TOKEN"),
  (name = "CASHIER_TOKEN", fromEnvironment = "CASHIER_TOKEN"),
  (name = "SIGNING_KEY", fromEnvironment = "SIGNING_KEY"),
  (name = "WEBHOOK_SECRET", fromEnvironment = "WEBHOOK_SECRET"),
];

const classes :List(Workerd.Worker.DurableObjectNamespace) = [
  (className = "OrderObject", uniqueKey = "compago-edge-orders", enableSql = true),
  (className = "RateLimitObject", uniqueKey = "compago-edge-rate-limits", enableSql = true),
  (className = "OpenLinksObject", uniqueKey = "compago-edge-open-links", enableSql = true),
  (className = "TerminalObject", uniqueKey = "compago-edge-terminals", enableSql = true),
  (className = "RegisterObject", uniqueKey = "compago-edge-register", enableSql = true),
  (className = "PaymentMethodObject", uniqueKey = "compago-edge-payment-methods", enableSql = true),
  (className = "DeskObject", uniqueKey = "compago-edge-desk", enableSql = true),
  (className = "RosterObject", uniqueKey = "compago-edge-rosters", enableSql = true),
  (className = "SessionObject", uniqueKey = "compago-edge-sessions", enableSql = true),
];
