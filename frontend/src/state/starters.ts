import type { DesignDocument } from "./graph";

const files = import.meta.glob<DesignDocument>("../../../designer/domain/formats/examples/*.json", {
  import: "default",
});

/** The starter designs that come with the product, by name; fetched when somebody wants to see them. */
export async function loadStarters(): Promise<DesignDocument[]> {
  const documents = await Promise.all(Object.values(files).map((load) => load()));
  return documents.sort((a, b) => a.name.localeCompare(b.name));
}
