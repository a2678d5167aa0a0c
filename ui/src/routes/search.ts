import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { request, type ResultsAddress } from "~/features/results/address";
import { searchQuery } from "~/features/results/queries";
import { word } from "~/shared/format/address";
import { rootRoute } from "./root";

/** /search?q=&zone=&kind=&system=&trust=&pd=&written=&sort=&page=&hit= */
export const searchRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/search",
  validateSearch: (search: Record<string, unknown>): ResultsAddress => ({
    q: word(search, "q"),
    zone: word(search, "zone"),
    kind: word(search, "kind"),
    system: word(search, "system"),
    trust: word(search, "trust"),
    pd: word(search, "pd"),
    written: word(search, "written"),
    owner: word(search, "owner"),
    domain: word(search, "domain"),
    tag: word(search, "tag"),
    term: word(search, "term"),
    sort: word(search, "sort"),
    page: word(search, "page"),
    hit: word(search, "hit"),
  }),
  loaderDeps: ({ search }) => request(search),
  loader: ({ context, deps }) => void context.queryClient.prefetchQuery(searchQuery(deps)),
  component: lazyRouteComponent(() => import("./SearchPage"), "SearchPage"),
});
