/** One thing that a list can be narrowed by; the empty value narrows nothing. */
export interface FilterChoice<Query> {
  id: string;
  /** Its name, and what stands there while it narrows nothing. */
  any: string;
  value: string;
  options: { value: string; name: string }[];
  set(value: string): Partial<Query>;
}
