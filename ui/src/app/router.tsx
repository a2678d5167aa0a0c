import type { QueryClient } from "@tanstack/react-query";
import { createRouter } from "@tanstack/react-router";
import { assetRoute } from "~/routes/asset";
import { changesRoute } from "~/routes/changes";
import { crawlsRoute } from "~/routes/crawls";
import { discoverRoute } from "~/routes/discover";
import { glossaryRoute } from "~/routes/glossary";
import { helpRoute } from "~/routes/help";
import { homeRoute } from "~/routes/home";
import { lineageRoute, lineageStartRoute } from "~/routes/lineage";
import { privacyRoute } from "~/routes/privacy";
import { requestRoute, requestsRoute } from "~/routes/requests";
import { rootRoute } from "~/routes/root";
import { searchRoute } from "~/routes/search";
import { searchLogRoute } from "~/routes/searchlog";
import { parseSearch, writeSearch } from "~/shared/format/address";
import { Broken, Missing } from "./Missing";
import { Shell } from "./shell/Shell";

const routeTree = rootRoute.update({ component: Shell }).addChildren([homeRoute, searchRoute, assetRoute, glossaryRoute, helpRoute, lineageStartRoute, lineageRoute, privacyRoute, requestsRoute, requestRoute, crawlsRoute, discoverRoute, changesRoute, searchLogRoute]);

/** All pages under one shell. The address is their state, in plain words. */
export function newRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    parseSearch,
    stringifySearch: writeSearch,
    pathParamsAllowedCharacters: [":", ",", "@"],
    defaultPreload: "intent",
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
    defaultNotFoundComponent: Missing,
    defaultErrorComponent: Broken,
    defaultPendingMinMs: 0,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof newRouter>;
  }
}
