import type { Service } from "@/state/catalog";

/** Services whose name, id, category or keywords hold every word typed; matches in the name come first. */
export function searchServices(services: readonly Service[], text: string): Service[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...services];
  const found = services.filter((service) => {
    const hay = [service.name, service.id, service.category, ...service.keywords].join(" ").toLowerCase();
    return words.every((word) => hay.includes(word));
  });
  const rank = (service: Service) => {
    const name = service.name.toLowerCase();
    const word = words[0] ?? "";
    if (name.startsWith(word) || service.keywords.includes(word)) return 0;
    return name.includes(word) ? 1 : 2;
  };
  return found.sort((a, b) => rank(a) - rank(b));
}

/** The services under their categories, in the catalog's order; empty categories are left out. */
export function groupByCategory(services: readonly Service[], categories: readonly string[]) {
  const order = [
    ...categories,
    ...new Set(services.map((service) => service.category).filter((name) => !categories.includes(name))),
  ];
  const groups = order
    .map((category) => ({ category, services: services.filter((service) => service.category === category) }))
    .filter((group) => group.services.length > 0);
  // The best match stays first, wherever its category stands.
  const best = services[0]?.category;
  return services.length > 0 && services.length < 6
    ? groups.sort((a, b) => Number(b.category === best) - Number(a.category === best))
    : groups;
}
