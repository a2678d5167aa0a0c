import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { question, type LineageAddress } from "~/features/lineage/address";
import { startQuery, traceQuery } from "~/features/lineage/queries";
import { word } from "~/shared/format/address";
import { rootRoute } from "./root";

/** /lineage: what to trace. */
export const lineageStartRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/lineage",
  loader: ({ context }) => void context.queryClient.prefetchQuery(startQuery),
  component: lazyRouteComponent(() => import("./LineageStartPage"), "LineageStartPage"),
});

/** /lineage/URN?col=&mode=&dir=&steps=&indirect=&stale=&edge=&open= */
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
    edge: word(search, "edge"),
    open: word(search, "open"),
  }),
  loaderDeps: ({ search: { col, mode, dir, steps } }) => ({ col, mode, dir, steps }),
  loader: ({ context, params, deps }) => void context.queryClient.prefetchQuery(traceQuery(question(params.urn, deps))),
  component: lazyRouteComponent(() => import("./LineagePage"), "LineagePage"),
});
