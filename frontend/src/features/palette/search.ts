import type { Service } from "@/state/catalog";

/** Services whose name, id, category or keywords hold every word typed; the best match comes first. */
export function searchServices(services: readonly Service[], text: string): Service[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...services];
  const found = services.filter((service) => {
    const hay = [service.name, service.id, service.category, ...service.keywords].join(" ").toLowerCase();
    return words.every((word) => hay.includes(word));
  });
  const word = words[0] ?? "";
  const rank = (service: Service) => {
    const name = service.name.toLowerCase();
    if (name === text.trim().toLowerCase()) return 0;
    if (name.startsWith(word)) return 1;
    if (name.split(/\W+/).includes(word)) return 2;
    if (service.keywords.includes(word)) return 3;
    return name.includes(word) ? 4 : 5;
  };
  return found.sort((a, b) => rank(a) - rank(b));
}

/** The services under their categories, in the catalog's order; empty categories are left out. */
export function groupByCategory(services: readonly Service[], categories: readonly string[]) {
  const order = [
    ...categories,
    ...new Set(services.map((service) => service.category).filter((name) => !categories.includes(name))),
  ];
  return order
    .map((category) => ({ category, services: services.filter((service) => service.category === category) }))
    .filter((group) => group.services.length > 0);
}

/** What a search found, under its categories: that of the best match first, for Enter takes the first. */
export function groupFound(found: readonly Service[], categories: readonly string[]) {
  const best = found[0]?.category;
  return groupByCategory(found, categories).sort((a, b) => Number(b.category === best) - Number(a.category === best));
}
