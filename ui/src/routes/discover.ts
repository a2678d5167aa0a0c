import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import type { DiscoverAddress } from "~/features/discovery/model";
import { word } from "~/shared/format/address";
import { rootRoute } from "./root";

/** /discover?show=&state=&zone=&day=&row=&page= */
export const discoverRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/discover",
  validateSearch: (search: Record<string, unknown>): DiscoverAddress => ({
    show: word(search, "show"),
    state: word(search, "state"),
    zone: word(search, "zone"),
    day: word(search, "day"),
    row: word(search, "row"),
    page: word(search, "page"),
  }),
  component: lazyRouteComponent(() => import("./DiscoverPage"), "DiscoverPage"),
});
