import { cells, type TrustValue } from "./trust";
import "./Strip.css";

/** The seven cells of trust in fixed order: width is the weight, height the value, hatched is unknown. */
export function Strip({ trust, width = 76, height = 20 }: { trust: TrustValue; width?: number; height?: number }) {
  const room = height - 2;
  return (
    <svg className="strip" width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      {cells(trust.signals, width, room).map((cell) =>
        cell.height === null ? (
          <rect key={cell.key} className="strip-unknown" x={cell.x + 0.5} y={0.5} width={Math.max(1, cell.width - 1)} height={room - 1} />
        ) : (
          <g key={cell.key}>
            <rect className="strip-back" x={cell.x} y={0} width={cell.width} height={room} />
            <rect className="strip-fill" x={cell.x} y={room - cell.height} width={cell.width} height={cell.height} />
          </g>
        ),
      )}
      <line className="strip-base" x1={0} x2={width - 1} y1={height - 1.5} y2={height - 1.5} />
    </svg>
  );
}
