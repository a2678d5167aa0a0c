import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "./errors";

/** The cache of what the server said. Old data stays while new data loads; only an unreachable server is asked again. */
export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (failures, error) => failures < 2 && error instanceof ApiError && error.code === "UNAVAILABLE",
        refetchOnWindowFocus: true,
      },
    },
  });
}
