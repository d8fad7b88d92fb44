#include "CAssets.h"

// A macro cannot contain a directive, so each file names its own array.

// A page brings the model that it carries; its program has none.
#if !defined(__wasm__)
static const _Alignas(64) unsigned char model_config[] = {
#embed "Files/model/config.json"
};
static const _Alignas(64) unsigned char model_weights[] = {
#embed "Files/model/model.safetensors"
};
static const _Alignas(64) unsigned char model_vocabulary[] = {
#embed "Files/model/vocab.json"
};
static const _Alignas(64) unsigned char model_merges[] = {
#embed "Files/model/merges.txt"
};
static const _Alignas(64) unsigned char model_token_counts[] = {
#embed "Files/model/token_counts.json"
};
static const _Alignas(64) unsigned char model_ja_config[] = {
#embed "Files/model-ja/config.json"
};
static const _Alignas(64) unsigned char model_ja_weights[] = {
#embed "Files/model-ja/model.safetensors"
};
static const _Alignas(64) unsigned char model_ja_vocabulary[] = {
#embed "Files/model-ja/vocab.json"
};
static const _Alignas(64) unsigned char model_ja_merges[] = {
#embed "Files/model-ja/merges.txt"
};
static const _Alignas(64) unsigned char model_ja_token_counts[] = {
#embed "Files/model-ja/token_counts.json"
};
#endif
#if !defined(__wasm__)
static const _Alignas(64) unsigned char page_program[] = {
#embed "Files/page/explain.wasm.gz"
};
static const _Alignas(64) unsigned char page_lessons_program[] = {
#embed "Files/page/lessons.wasm.gz"
};
#endif
static const _Alignas(64) unsigned char page_script_trying[] = {
#embed "Files/page/trying.js"
};
static const _Alignas(64) unsigned char page_style[] = {
#embed "Files/page.css"
};
static const _Alignas(64) unsigned char story_script[] = {
#embed "Files/story.js"
};
static const _Alignas(64) unsigned char page_script_core[] = {
#embed "Files/page/core.js"
};
static const _Alignas(64) unsigned char page_script_attention[] = {
#embed "Files/page/attention.js"
};
static const _Alignas(64) unsigned char page_script_matrix[] = {
#embed "Files/page/matrix.js"
};
static const _Alignas(64) unsigned char page_script_strips[] = {
#embed "Files/page/strips.js"
};
static const _Alignas(64) unsigned char page_script_lines[] = {
#embed "Files/page/lines.js"
};
static const _Alignas(64) unsigned char page_script_follow[] = {
#embed "Files/page/follow.js"
};
static const _Alignas(64) unsigned char page_script_distribution[] = {
#embed "Files/page/distribution.js"
};
static const _Alignas(64) unsigned char page_script_sampling[] = {
#embed "Files/page/sampling.js"
};
static const _Alignas(64) unsigned char page_script_save[] = {
#embed "Files/page/save.js"
};
static const _Alignas(64) unsigned char page_script_fit[] = {
#embed "Files/page/fit.js"
};
static const _Alignas(64) unsigned char page_script_steps[] = {
#embed "Files/page/steps.js"
};
static const _Alignas(64) unsigned char page_script_engine[] = {
#embed "Files/page/engine.js"
};
static const _Alignas(64) unsigned char page_script_prompt[] = {
#embed "Files/page/prompt.js"
};
static const _Alignas(64) unsigned char page_script_asking[] = {
#embed "Files/page/asking.js"
};
static const _Alignas(64) unsigned char page_asking_style[] = {
#embed "Files/page/asking.css"
};
static const _Alignas(64) unsigned char page_script_picture[] = {
#embed "Files/page/picture.js"
};
static const _Alignas(64) unsigned char page_script_telling[] = {
#embed "Files/page/telling.js"
};
static const _Alignas(64) unsigned char page_prompt_style[] = {
#embed "Files/page/prompt.css"
};
static const _Alignas(64) unsigned char page_script_machine_camera[] = {
#embed "Files/page/machine-camera.js"
};
static const _Alignas(64) unsigned char page_script_machine_textures[] = {
#embed "Files/page/machine-textures.js"
};
static const _Alignas(64) unsigned char page_script_machine_pen[] = {
#embed "Files/page/machine-pen.js"
};
static const _Alignas(64) unsigned char page_script_machine_wires[] = {
#embed "Files/page/machine-wires.js"
};
static const _Alignas(64) unsigned char page_script_machine_panels[] = {
#embed "Files/page/machine-panels.js"
};
static const _Alignas(64) unsigned char page_script_machine_names[] = {
#embed "Files/page/machine-names.js"
};
static const _Alignas(64) unsigned char page_script_machine_drawing[] = {
#embed "Files/page/machine-drawing.js"
};
static const _Alignas(64) unsigned char page_script_machine_time[] = {
#embed "Files/page/machine-time.js"
};
static const _Alignas(64) unsigned char page_script_machine_acts[] = {
#embed "Files/page/machine-acts.js"
};
static const _Alignas(64) unsigned char page_script_machine_map[] = {
#embed "Files/page/machine-map.js"
};
static const _Alignas(64) unsigned char page_script_machine_glass[] = {
#embed "Files/page/machine-glass.js"
};
static const _Alignas(64) unsigned char page_script_machine_pointing[] = {
#embed "Files/page/machine-pointing.js"
};
static const _Alignas(64) unsigned char page_script_machine[] = {
#embed "Files/page/machine.js"
};
static const _Alignas(64) unsigned char page_machine_style[] = {
#embed "Files/page/machine.css"
};
static const _Alignas(64) unsigned char page_steps_style[] = {
#embed "Files/page/steps.css"
};
static const _Alignas(64) unsigned char page_panels_style[] = {
#embed "Files/page/panels.css"
};
static const _Alignas(64) unsigned char space_script[] = {
#embed "Files/space.js"
};

#if !defined(__wasm__)
casset casset_model_config(void) { return (casset){model_config, sizeof model_config}; }
casset casset_model_weights(void) { return (casset){model_weights, sizeof model_weights}; }
casset casset_model_vocabulary(void) { return (casset){model_vocabulary, sizeof model_vocabulary}; }
casset casset_model_merges(void) { return (casset){model_merges, sizeof model_merges}; }
casset casset_page_program(void) { return (casset){page_program, sizeof page_program}; }
casset casset_page_lessons_program(void) {
  return (casset){page_lessons_program, sizeof page_lessons_program};
}
casset casset_model_token_counts(void) { return (casset){model_token_counts, sizeof model_token_counts}; }
casset casset_model_ja_config(void) { return (casset){model_ja_config, sizeof model_ja_config}; }
casset casset_model_ja_weights(void) { return (casset){model_ja_weights, sizeof model_ja_weights}; }
casset casset_model_ja_vocabulary(void) { return (casset){model_ja_vocabulary, sizeof model_ja_vocabulary}; }
casset casset_model_ja_merges(void) { return (casset){model_ja_merges, sizeof model_ja_merges}; }
casset casset_model_ja_token_counts(void) { return (casset){model_ja_token_counts, sizeof model_ja_token_counts}; }
#endif
casset casset_page_style(void) { return (casset){page_style, sizeof page_style}; }
casset casset_story_script(void) { return (casset){story_script, sizeof story_script}; }
casset casset_page_script_core(void) { return (casset){page_script_core, sizeof page_script_core}; }
casset casset_page_script_attention(void) { return (casset){page_script_attention, sizeof page_script_attention}; }
casset casset_page_script_matrix(void) { return (casset){page_script_matrix, sizeof page_script_matrix}; }
casset casset_page_script_strips(void) { return (casset){page_script_strips, sizeof page_script_strips}; }
casset casset_page_script_lines(void) { return (casset){page_script_lines, sizeof page_script_lines}; }
casset casset_page_script_follow(void) { return (casset){page_script_follow, sizeof page_script_follow}; }
casset casset_page_script_distribution(void) { return (casset){page_script_distribution, sizeof page_script_distribution}; }
casset casset_page_script_sampling(void) { return (casset){page_script_sampling, sizeof page_script_sampling}; }
casset casset_page_script_save(void) { return (casset){page_script_save, sizeof page_script_save}; }
casset casset_page_script_fit(void) { return (casset){page_script_fit, sizeof page_script_fit}; }
casset casset_page_script_steps(void) { return (casset){page_script_steps, sizeof page_script_steps}; }
casset casset_page_script_engine(void) { return (casset){page_script_engine, sizeof page_script_engine}; }
casset casset_page_script_prompt(void) { return (casset){page_script_prompt, sizeof page_script_prompt}; }
casset casset_page_script_trying(void) {
  return (casset){page_script_trying, sizeof page_script_trying};
}
casset casset_page_script_asking(void) { return (casset){page_script_asking, sizeof page_script_asking}; }
casset casset_page_asking_style(void) { return (casset){page_asking_style, sizeof page_asking_style}; }
casset casset_page_script_picture(void) { return (casset){page_script_picture, sizeof page_script_picture}; }
casset casset_page_script_telling(void) { return (casset){page_script_telling, sizeof page_script_telling}; }
casset casset_page_prompt_style(void) { return (casset){page_prompt_style, sizeof page_prompt_style}; }
casset casset_page_script_machine_camera(void) { return (casset){page_script_machine_camera, sizeof page_script_machine_camera}; }
casset casset_page_script_machine_textures(void) { return (casset){page_script_machine_textures, sizeof page_script_machine_textures}; }
casset casset_page_script_machine_pen(void) { return (casset){page_script_machine_pen, sizeof page_script_machine_pen}; }
casset casset_page_script_machine_wires(void) { return (casset){page_script_machine_wires, sizeof page_script_machine_wires}; }
casset casset_page_script_machine_panels(void) { return (casset){page_script_machine_panels, sizeof page_script_machine_panels}; }
casset casset_page_script_machine_names(void) { return (casset){page_script_machine_names, sizeof page_script_machine_names}; }
casset casset_page_script_machine_drawing(void) { return (casset){page_script_machine_drawing, sizeof page_script_machine_drawing}; }
casset casset_page_script_machine_time(void) { return (casset){page_script_machine_time, sizeof page_script_machine_time}; }
casset casset_page_script_machine_acts(void) { return (casset){page_script_machine_acts, sizeof page_script_machine_acts}; }
casset casset_page_script_machine_map(void) {
  return (casset){page_script_machine_map, sizeof page_script_machine_map};
}
casset casset_page_script_machine_glass(void) { return (casset){page_script_machine_glass, sizeof page_script_machine_glass}; }
casset casset_page_script_machine_pointing(void) { return (casset){page_script_machine_pointing, sizeof page_script_machine_pointing}; }
casset casset_page_script_machine(void) { return (casset){page_script_machine, sizeof page_script_machine}; }
casset casset_page_machine_style(void) { return (casset){page_machine_style, sizeof page_machine_style}; }
casset casset_page_steps_style(void) { return (casset){page_steps_style, sizeof page_steps_style}; }
casset casset_page_panels_style(void) { return (casset){page_panels_style, sizeof page_panels_style}; }
casset casset_space_script(void) { return (casset){space_script, sizeof space_script}; }
