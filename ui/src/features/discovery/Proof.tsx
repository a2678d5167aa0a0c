import { AssetLink } from "~/shared/asset/AssetLink";
import { sentence } from "~/shared/format/name";
import { Icon } from "~/shared/ui/Icon";
import { claimWord, type IdleLine } from "./model";

/** Why it is safe to drop a table, or what is missing to say so: every claim with its number. */
export function Proof({ line: { asset, idle } }: { line: IdleLine }) {
  return (
    <section className="idle-proof" aria-label={`Proof for ${asset.short}`}>
      <h2 className="q">{idle.safe ? "Safe to drop, as far as anything here can tell" : "Not proven safe to drop"}</h2>
      <p className="small">
        <AssetLink asset={asset} className="" />
      </p>
      <p className="small soft">{sentence(idle.detail)}.</p>
      <ul>
        {idle.proof.map(({ name, holds, detail }) => (
          <li key={name}>
            <Icon name={holds ? "check" : "warn"} className={holds ? "good" : "late"} />
            <span>
              <b>{claimWord(name)}</b>
              <span className="vh">{holds ? ", holds: " : ", does not hold: "}</span> <span className="soft">{detail}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
