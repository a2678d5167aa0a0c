import type { QueryClient } from "@tanstack/react-query";
import { createRootRouteWithContext } from "@tanstack/react-router";

/** What every route's loader may use. */
export interface RouterContext {
  queryClient: QueryClient;
}

/** The root of all routes. The shell around them is added by the app, so that routes need not know it. */
export const rootRoute = createRootRouteWithContext<RouterContext>()();
