import type { PreviewFiles } from "../../../components/template/file";
import type { TemplateForm } from "../../../state/template_form.svelte";

/** The files of a form that would be sent. */
export function previewFiles(form: TemplateForm): PreviewFiles {
  return Object.fromEntries(Object.entries(form.files).filter(([, file]) => file.fault === null));
}
