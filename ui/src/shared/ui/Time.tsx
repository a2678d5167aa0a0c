import { instant, moment } from "~/shared/format/time";

/** A moment as people say it, with the full instant on hover and for machines. */
export function Time({ at, say = moment }: { at: string; say?: (at: string) => string }) {
  return (
    <time dateTime={at} title={instant(at)}>
      {say(at)}
    </time>
  );
}
