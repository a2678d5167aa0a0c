import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { findingsAsked, type PrivacyAddress } from "~/features/privacy/address";
import { privacyQuery, reviewQuery } from "~/features/privacy/queries";
import { word } from "~/shared/format/address";
import { rootRoute } from "./root";

/** /privacy?ask=&state=&level=&row= */
export const privacyRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/privacy",
  validateSearch: (search: Record<string, unknown>): PrivacyAddress => ({ ask: word(search, "ask"), state: word(search, "state"), level: word(search, "level"), row: word(search, "row") }),
  loaderDeps: ({ search: { state, level } }) => ({ state, level }),
  loader: ({ context, deps }) => {
    void context.queryClient.prefetchQuery(privacyQuery);
    void context.queryClient.prefetchInfiniteQuery(reviewQuery(findingsAsked(deps)));
  },
  component: lazyRouteComponent(() => import("./PrivacyPage"), "PrivacyPage"),
});
