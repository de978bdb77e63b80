import { useMemo, useRef } from "react";
import type { EdgeStyle, Parameter } from "@/state/catalog";
import { edgeStyleId, useCatalog } from "@/state/catalogStore";
import { useDesign } from "@/state/designStore";
import { NODE_HEIGHT, NODE_WIDTH, type Parameters, type Rect } from "@/state/graph";
import { showValue } from "@/state/headline";
import { useSelection } from "@/state/selection";
import { useDrag } from "./drag";
import { type PlanMemory, type Route, routeEdges } from "./edgeGeometry";
import type { CanvasEdge, CanvasNode } from "./flowTypes";

const FALLBACK: EdgeStyle = {
  id: "asynchronous",
  label: "",
  explanation: "",
  line: "solid",
  width: 1.5,
  end: "open",
  start: "none",
};

/** The design's edges for React Flow, with their routes along the cards as they lie right now. */
export function useCanvasEdges(nodes: readonly CanvasNode[]): CanvasEdge[] {
  const edges = useDesign((state) => state.edges);
  const catalog = useCatalog();
  const selected = useSelection((state) => state.edges);
  const cache = useRef(new Map<string, CanvasEdge>());

  const isMoving = useDrag((state) => state.moved.size > 0);
  const memory = useRef<PlanMemory>(new Map());

  const routes = useMemo(() => {
    // At rest every route is chosen anew: what moved may have cleared or barred the way of others.
    if (!isMoving) memory.current = new Map();
    const rects = new Map<string, Rect>();
    for (const node of nodes) {
      if (node.type === "card") rects.set(node.id, { ...node.position, width: NODE_WIDTH, height: NODE_HEIGHT });
    }
    return routeEdges(rects, [...edges.values()], memory.current);
  }, [nodes, edges, isMoving]);

  return useMemo(() => {
    const next = new Map<string, CanvasEdge>();
    for (const edge of edges.values()) {
      const route = routes.get(edge.id);
      if (!route) continue;
      const row = catalog.connections.get(edge.connection);
      const styleId = edgeStyleId(catalog, edge);
      const style = catalog.styles.find((found) => found.id === styleId) ?? FALLBACK;
      const old = cache.current.get(edge.id);
      const isSelected = selected.has(edge.id);
      const same =
        old?.data?.edge === edge &&
        sameRoute(old.data.route, route) &&
        old.data.style === style &&
        old.selected === isSelected;
      if (old && same) {
        next.set(edge.id, old);
        continue;
      }
      next.set(edge.id, {
        id: edge.id,
        type: "meaning",
        source: edge.source,
        target: edge.target,
        selected: isSelected,
        zIndex: isSelected ? 5 : 0,
        data: {
          edge,
          route,
          style,
          known: row !== undefined,
          label: row ? labelOf(row.parameters, edge.parameters) : "",
        },
      });
    }
    cache.current = next;
    return [...next.values()];
  }, [edges, routes, catalog, selected]);
}

function sameRoute(a: Route, b: Route): boolean {
  return a.path === b.path;
}

/** What stands on an edge: its headline parameters by name, e.g. `batch 10`. */
function labelOf(parameters: readonly Parameter[], own: Parameters): string {
  const texts = parameters
    .filter((parameter) => parameter.headline)
    .map((parameter) => {
      const value = own[parameter.id] ?? parameter.default;
      if (value === null) return "";
      if (parameter.kind === "json") return "filter";
      if (parameter.id === "batch_size") return `batch ${value}`;
      if (parameter.id === "max_receive_count") return `after ${value}`;
      return showValue(parameter, value).replace(/^s3:/, "");
    })
    .filter(Boolean);
  const text = texts.join(", ");
  return text.length > 24 ? `${text.slice(0, 23)}…` : text;
}
