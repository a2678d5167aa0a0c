import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { feedAsked, type FeedAddress } from "~/features/feed/model";
import { feedQuery } from "~/features/feed/queries";
import { word } from "~/shared/format/address";
import { rootRoute } from "./root";

/** /changes?kinds=&zone=&owner=&followed=&days= */
export const changesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/changes",
  validateSearch: (search: Record<string, unknown>): FeedAddress => ({ kinds: word(search, "kinds"), zone: word(search, "zone"), owner: word(search, "owner"), followed: word(search, "followed"), days: word(search, "days") }),
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => void context.queryClient.prefetchInfiniteQuery(feedQuery(feedAsked(deps))),
  component: lazyRouteComponent(() => import("./ChangesPage"), "ChangesPage"),
});
