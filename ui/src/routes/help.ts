import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { manualQuery } from "~/features/help/queries";
import { rootRoute } from "./root";

/** /help/PAGE */
export const helpRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/help/$page",
  loader: ({ context }) => void context.queryClient.prefetchQuery(manualQuery),
  component: lazyRouteComponent(() => import("./HelpPage"), "HelpPage"),
});
