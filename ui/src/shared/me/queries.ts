import { queryOptions, useQuery } from "@tanstack/react-query";
import { ask } from "~/shared/graphql/client";
import { MeDocument, StatusDocument, type MeQuery } from "~/shared/graphql/generated/operations";

/** Who is asking, and whom a demo visitor may be. */
export const meQuery = queryOptions({ queryKey: ["me"], queryFn: ({ signal }) => ask(MeDocument, {}, signal), staleTime: 300_000 });

/** How far catalog and search have come, and what is not connected; asked again every half minute. */
export const statusQuery = queryOptions({ queryKey: ["status"], queryFn: ({ signal }) => ask(StatusDocument, {}, signal), refetchInterval: 30_000 });

/** Whether the reader may do a thing; false until it is known. */
export function useMay(action: string): boolean {
  const { data } = useQuery(meQuery);
  return may(data, action);
}

/** The same for an answer at hand. */
export function may(data: MeQuery | undefined, action: string): boolean {
  return data?.me.may.includes(action) ?? false;
}
