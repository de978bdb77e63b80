import { useCatalog } from "@/state/catalogStore";
import { useDesign } from "@/state/designStore";
import { Menu, type MenuEntry, ServiceIcon } from "@/ui";
import { checkConnection } from "./connectionCheck";
import { closeCreateMenu, createNode, useCreateMenu } from "./createMenu";

/** Where an arrow was dropped on empty space: the services it could lead to. */
export function CreateMenuAtPointer() {
  const menu = useCreateMenu((state) => state.menu);
  const services = useCatalog((state) => state.services);
  const pairs = useCatalog((state) => state.pairs);
  const from = useDesign((state) => (menu ? state.nodes.get(menu.from) : undefined));
  if (!menu || !from) return null;
  const entries: MenuEntry[] = [
    { id: "heading", heading: menu.direction === "out" ? "Leads to a new" : "Comes from a new" },
  ];
  for (const service of services.values()) {
    if (service.frame) continue;
    const outcome =
      menu.direction === "out"
        ? checkConnection(pairs, from.service, service.id)
        : checkConnection(pairs, service.id, from.service);
    if (outcome.kind !== "allowed") continue;
    entries.push({
      id: service.id,
      label: service.name,
      detail: outcome.rows[0].label,
      icon: <ServiceIcon icon={service.icon} entryPoint={service.entry_point} size={20} />,
      onSelect: () => createNode(service.id, menu.at, menu),
    });
  }
  return (
    <Menu
      open
      onClose={closeCreateMenu}
      anchor={{ left: menu.client.x, top: menu.client.y, width: 0, height: 0 }}
      entries={entries}
      label="New node at the end of the arrow"
    />
  );
}
