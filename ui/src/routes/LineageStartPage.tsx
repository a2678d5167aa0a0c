import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useDeferredValue, useState } from "react";
import { LineageStart } from "~/features/lineage/LineageStart";
import { startQuery } from "~/features/lineage/queries";
import { suggestQuery } from "~/features/suggest/queries";

const traceable = new Set(["dataset", "dashboard", "chart", "job", "flow", "model", "topic"]);

export function LineageStartPage() {
  const [text, setText] = useState("");
  const suggestions = useQuery(suggestQuery(useDeferredValue(text)));
  const start = useQuery(startQuery);
  const navigate = useNavigate();
  const found = text.trim().length > 1 ? (suggestions.data?.suggest ?? []).flatMap(({ asset }) => (asset && traceable.has(asset.type) ? [asset] : [])) : [];
  return <LineageStart text={text} onText={setText} found={found} used={start.data?.home.mostUsed ?? []} onOpen={(urn) => void navigate({ to: "/lineage/$urn", params: { urn } })} />;
}
