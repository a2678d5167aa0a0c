import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, createRootRoute, createRoute, createRouter, RouterProvider } from "@tanstack/react-router";
import { render, type RenderResult } from "@testing-library/react";
import type { ReactNode } from "react";

/** Draws a part inside a router and a query cache, so that its links and queries work; links lead nowhere. */
export async function renderAt(part: ReactNode, path = "/"): Promise<RenderResult> {
  const root = createRootRoute();
  const here = createRoute({ getParentRoute: () => root, path: "$", component: () => part });
  const start = createRoute({ getParentRoute: () => root, path: "/", component: () => part });
  const router = createRouter({ routeTree: root.addChildren([start, here]), history: createMemoryHistory({ initialEntries: [path] }) });
  await router.load();
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  return render(
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
}
