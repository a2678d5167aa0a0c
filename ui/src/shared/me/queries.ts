import { queryOptions, useQuery } from "@tanstack/react-query";
import { ask } from "~/shared/graphql/client";
import { MeDocument, type MeQuery } from "~/shared/graphql/generated/operations";

/** Who is asking, whom a demo visitor may be, and how far catalog and search have come; asked again every half minute. */
export const meQuery = queryOptions({ queryKey: ["me"], queryFn: ({ signal }) => ask(MeDocument, {}, signal), refetchInterval: 30_000 });

/** Whether the reader may do a thing; false until it is known. */
export function useMay(action: string): boolean {
  const { data } = useQuery(meQuery);
  return may(data, action);
}

/** The same for an answer at hand. */
export function may(data: MeQuery | undefined, action: string): boolean {
  return data?.me.may.includes(action) ?? false;
}
