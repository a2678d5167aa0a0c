/** A box to place; rank is its distance from the root. */
export interface Box {
  id: string;
  rank: number;
  width: number;
  height: number;
}

/** What a layout is asked for; it can be sent to a worker. */
export interface Plan {
  boxes: Box[];
  links: { from: string; to: string }[];
}

/** The left upper corner of a box. */
export interface Spot {
  x: number;
  y: number;
}

/** Where each box stands, as pairs so that it can be sent. */
export type Spots = [id: string, spot: Spot][];

export const grid = 20;
export const columnGap = 68;
export const rowGap = 28;

export const snap = (value: number) => Math.round(value / grid) * grid;

/** Places boxes by their rank alone: the answer when the better layout takes too long. */
export function ranked({ boxes }: Plan): Spots {
  const ranks = [...new Set(boxes.map((box) => box.rank))].sort((a, b) => a - b);
  const wide = Math.max(0, ...boxes.map((box) => box.width));
  return ranks.flatMap((rank, index) => {
    const column = boxes.filter((box) => box.rank === rank);
    const tall = column.reduce((sum, box) => sum + box.height + rowGap, -rowGap);
    let y = -tall / 2;
    return column.map((box): [string, Spot] => {
      const spot = { x: snap(index * (wide + columnGap)), y: snap(y) };
      y += box.height + rowGap;
      return [box.id, spot];
    });
  });
}

/**
 * Keeps boxes where they stood when a group opens or closes: what was there stays, and what is new takes the
 * free place in its column that is nearest to where the layout wants it.
 */
export function settle(plan: Plan, wanted: Spots, before: ReadonlyMap<string, Spot>): Spots {
  const size = new Map(plan.boxes.map((box) => [box.id, box]));
  const stayed = wanted.filter(([id]) => before.has(id));
  if (stayed.length * 2 < wanted.length) return wanted;
  const taken: { x: number; y: number; width: number; height: number }[] = [];
  const put = (id: string, spot: Spot) => taken.push({ ...spot, width: size.get(id)?.width ?? 0, height: size.get(id)?.height ?? 0 });
  const out: Spots = [];
  for (const [id] of stayed) {
    const spot = before.get(id);
    if (!spot) continue;
    out.push([id, spot]);
    put(id, spot);
  }
  const columns = columnsOf(plan, out);
  for (const [id, spot] of wanted) {
    if (before.has(id)) continue;
    const box = size.get(id);
    if (!box) continue;
    const free = nearest({ x: columns.get(box.rank) ?? spot.x, y: spot.y }, box, taken);
    out.push([id, free]);
    put(id, free);
  }
  return out;
}

function columnsOf(plan: Plan, placed: Spots): Map<number, number> {
  const rank = new Map(plan.boxes.map((box) => [box.id, box.rank]));
  const columns = new Map<number, number>();
  for (const [id, { x }] of placed) {
    const at = rank.get(id);
    if (at !== undefined && !columns.has(at)) columns.set(at, x);
  }
  return columns;
}

function nearest(at: Spot, box: Box, taken: { x: number; y: number; width: number; height: number }[]): Spot {
  const free = (y: number) =>
    taken.every((other) => at.x + box.width <= other.x || other.x + other.width <= at.x || y + box.height + rowGap <= other.y || other.y + other.height + rowGap <= y);
  for (let away = 0; away < 1000; away++) {
    for (const y of [snap(at.y) + away * grid, snap(at.y) - away * grid]) if (free(y)) return { x: at.x, y };
  }
  return at;
}

/** The point to look at when not everything fits: the root, but no empty paper while there are boxes on the other side. */
export function lookAt(plan: Plan, spots: ReadonlyMap<string, Spot>, root: string, seen: { width: number; height: number }): Spot {
  const placed = plan.boxes.flatMap((box) => {
    const spot = spots.get(box.id);
    return spot ? [{ ...spot, ...box }] : [];
  });
  const at = placed.find((box) => box.id === root) ?? { x: 0, y: 0, width: 0, height: 0 };
  const within = (middle: number, from: number, to: number, size: number) => {
    const [low, high] = [from + size / 2 - grid, to - size / 2 + grid];
    return low > high ? (from + to) / 2 : Math.min(high, Math.max(low, middle));
  };
  return {
    x: within(at.x + at.width / 2, Math.min(...placed.map((box) => box.x)), Math.max(...placed.map((box) => box.x + box.width)), seen.width),
    y: within(at.y + at.height / 2, Math.min(...placed.map((box) => box.y)), Math.max(...placed.map((box) => box.y + box.height)), seen.height),
  };
}
