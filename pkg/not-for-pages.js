// What needs Compago's key, an operator's token or a webhook's secret is for servers: in a page this module takes its place, and a build
// says that what was imported is not exported by it.
export {};
