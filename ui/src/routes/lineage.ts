import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import type { LineageAddress } from "~/features/lineage/address";
import { graphQuery, startQuery } from "~/features/lineage/queries";
import { word } from "~/shared/format/address";
import { rootRoute } from "./root";

/** /lineage: what to trace. */
export const lineageStartRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/lineage",
  loader: ({ context }) => void context.queryClient.prefetchQuery(startQuery),
  component: lazyRouteComponent(() => import("./LineageStartPage"), "LineageStartPage"),
});

/** /lineage/URN?col=&mode=&dir=&steps=&indirect=&stale=&refuted=&at=&since=&to=&many=&edge=&open= */
export const lineageRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/lineage/$urn",
  validateSearch: (search: Record<string, unknown>): LineageAddress => ({
    col: word(search, "col"),
    mode: word(search, "mode"),
    dir: word(search, "dir"),
    steps: word(search, "steps"),
    indirect: word(search, "indirect"),
    stale: word(search, "stale"),
    refuted: word(search, "refuted"),
    at: word(search, "at"),
    since: word(search, "since"),
    to: word(search, "to"),
    many: word(search, "many"),
    edge: word(search, "edge"),
    open: word(search, "open"),
  }),
  loaderDeps: ({ search: { col, mode, dir, steps, refuted, at, to, many } }) => ({ col, mode, dir, steps, refuted, at, to, many }),
  loader: ({ context, params, deps }) => void context.queryClient.prefetchQuery(graphQuery(params.urn, deps)),
  component: lazyRouteComponent(() => import("./LineagePage"), "LineagePage"),
});
