import { queryOptions } from "@tanstack/react-query";
import { ask } from "~/shared/graphql/client";
import { HomeDocument } from "~/shared/graphql/generated/operations";

/** What stands on the first page. */
export const homeQuery = queryOptions({ queryKey: ["home"], queryFn: ({ signal }) => ask(HomeDocument, {}, signal), staleTime: 60_000 });
