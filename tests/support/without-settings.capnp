# A Worker whose configuration was written for a version without the settings object.

using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "worker", worker = .worker),
    (name = "site", disk = (path = ".build/test-site")),
    (name = "objects", disk = (path = ".data/objects", writable = true)),
  ],
  sockets = [(name = "http", address = "127.0.0.1:8787", http = (), service = "worker")],
);

const worker :Workerd.Worker = (
  modules = [
    (name = "index.js", esModule = embed "../../worker/build/index.js"),
    (name = "index_bg.wasm", wasm = embed "../../worker/build/index_bg.wasm"),
  ],
  compatibilityDate = "2026-04-26",
  bindings = [
    (name = "ASSETS", service = "site"),
    (name = "MODE", fromEnvironment = "MODE"),
    (name = "COMPAGO_BASE_URL", fromEnvironment = "COMPAGO_BASE_URL"),
    (name = "COMPAGO_API_KEY", fromEnvironment = "COMPAGO_API_KEY"),
    (name = "CHECKOUT_ORIGINS", fromEnvironment = "CHECKOUT_ORIGINS"),
    (name = "SHOP_ORIGIN", fromEnvironment = "SHOP_ORIGIN"),
  ],
);
