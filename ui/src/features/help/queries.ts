import { queryOptions } from "@tanstack/react-query";
import { ask } from "~/shared/graphql/client";
import { ManualDocument } from "~/shared/graphql/generated/operations";

/** The pages of the manual; they change only with the program. */
export const manualQuery = queryOptions({ queryKey: ["manual"], queryFn: ({ signal }) => ask(ManualDocument, {}, signal), staleTime: Infinity });
