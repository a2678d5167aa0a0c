import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useDeferredValue, useState } from "react";
import { isTrusted, kindOf, pathOf } from "~/shared/asset/naming";
import { Combobox, type Option } from "~/shared/ui/Combobox";
import { Icon } from "~/shared/ui/Icon";
import { kindIcon } from "~/shared/ui/Kind";
import { Name } from "~/shared/ui/Name";
import { grouped, kept, marked, type Kept, type SuggestionGroup } from "./model";
import { keptQuery, suggestQuery } from "./queries";

/** The search of the header, and large on the first page: a question goes to the results, a completion to its asset. */
export function SearchField({ big = false }: { big?: boolean }) {
  const search: { q?: string } = useSearch({ strict: false });
  return <Field key={search.q ?? ""} asked={search.q ?? ""} big={big} />;
}

function Field({ asked, big }: { asked: string; big: boolean }) {
  const [text, setText] = useState(asked);
  const prefix = useDeferredValue(text === asked ? "" : text);
  const [touched, touch] = useState(false);
  const { data } = useQuery(suggestQuery(prefix));
  const own = useQuery({ ...keptQuery, enabled: touched });
  const navigate = useNavigate();
  const go = (q: string) => void navigate({ to: "/search", search: { q } });
  const open = (urn: string) => void navigate({ to: "/asset/$urn", params: { urn } });
  const option = (suggestion: SuggestionGroup["suggestions"][number]): Option => {
    const { asset } = suggestion;
    if (!asset) return { id: suggestion.text, content: <span>Search “{suggestion.text}”</span>, pick: () => go(suggestion.text) };
    const name = pathOf(asset) + asset.short;
    return {
      id: asset.id,
      content: (
        <>
          <Icon name={kindIcon(kindOf(asset))} />
          <span>
            <Name name={asset.short} path={pathOf(asset)} matched={marked(name, prefix)} />
          </span>
        </>
      ),
      hint: !isTrusted(asset) || asset.trust.known < 0.2 ? undefined : Math.round(asset.trust.score * 100),
      pick: () => open(asset.id),
    };
  };
  const again = ({ id, word, hint, address }: Kept): Option => ({
    id: id.replace(/[^\p{L}\p{N}]+/gu, "-"),
    content: (
      <>
        <Icon name="clock" />
        <span>{word}</span>
      </>
    ),
    hint,
    pick: () => void navigate({ to: "/search", search: address }),
  });
  const before = own.data ? kept(own.data).map(({ head, searches }) => ({ head, options: searches.map(again) })) : [];
  const groups = text === asked || text === "" ? before : grouped(data?.suggest ?? []).map(({ head, suggestions }) => ({ head, options: suggestions.map(option) }));
  return (
    <form role="search" className="search-form" data-search onFocus={() => touch(true)} onSubmit={(event) => event.preventDefault()}>
      <Combobox
        label="Search"
        value={text}
        onChange={setText}
        groups={groups}
        onSubmit={() => go(text.trim())}
        placeholder={big ? "Ask for a number, a table, a dashboard, a person" : "Table, term, dashboard, question …"}
        big={big}
        keyHint="/"
      />
    </form>
  );
}
