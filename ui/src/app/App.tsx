import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { newQueryClient } from "~/shared/graphql/queryClient";
import { newRouter } from "./router";

const queryClient = newQueryClient();
const router = newRouter(queryClient);

/** The whole interface: the cache of what the server said, and the pages. */
export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  );
}
