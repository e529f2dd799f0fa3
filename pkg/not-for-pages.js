// Replaces, in pages, the modules for servers, which need Compago's key, an operator's token or a webhook's secret: a build then reports that
// it does not export what was imported.
export {};
