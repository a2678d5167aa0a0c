import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { homeQuery } from "~/features/home/queries";
import { rootRoute } from "./root";

/** / */
export const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/",
  loader: ({ context }) => void context.queryClient.prefetchQuery(homeQuery),
  component: lazyRouteComponent(() => import("./HomePage"), "HomePage"),
});
