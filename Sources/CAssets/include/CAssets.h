// Files compiled into the binary with C23 `#embed`, so that a copied executable needs nothing beside it.
#ifndef EXPLAIN_CASSETS_H
#define EXPLAIN_CASSETS_H

#include <stddef.h>

/// A file compiled in: where its bytes begin and how many there are. Aligned to 64 bytes.
typedef struct {
    const unsigned char *bytes;
    size_t count;
} casset;

/// The built-in model's configuration, weights and vocabulary, in the Hugging Face layout.
casset casset_model_config(void);
casset casset_model_weights(void);
casset casset_model_vocabulary(void);
casset casset_model_merges(void);
/// How often each of its tokens occurs in the text it learned from.
casset casset_model_token_counts(void);

/// The Japanese one's.
casset casset_model_ja_config(void);
casset casset_model_ja_weights(void);
casset casset_model_ja_vocabulary(void);
casset casset_model_ja_merges(void);
casset casset_model_ja_token_counts(void);

/// The page's style sheet.
casset casset_page_style(void);

/// The parts of the page's script, in the order in which they are put together.
casset casset_page_script_core(void);
casset casset_page_script_attention(void);
casset casset_page_script_matrix(void);
casset casset_page_script_strips(void);
casset casset_page_script_lines(void);
casset casset_page_script_follow(void);
casset casset_page_script_distribution(void);
casset casset_page_script_sampling(void);
casset casset_page_script_save(void);
casset casset_page_script_fit(void);
casset casset_page_script_steps(void);

/// The parts of the script of a page that carries the program, and the style of its prompt box.
casset casset_page_script_engine(void);
casset casset_page_script_prompt(void);
casset casset_page_script_picture(void);
casset casset_page_script_telling(void);
casset casset_page_prompt_style(void);

/// The program that a page carries: the core as WebAssembly, under gzip.
casset casset_page_program(void);
/// The parts of the script that draws the machine, in the order in which they are put together, and its style.
casset casset_page_script_machine_camera(void);
casset casset_page_script_machine_textures(void);
casset casset_page_script_machine_pen(void);
casset casset_page_script_machine_wires(void);
casset casset_page_script_machine_panels(void);
casset casset_page_script_machine_names(void);
casset casset_page_script_machine_drawing(void);
casset casset_page_script_machine_time(void);
casset casset_page_script_machine_acts(void);
casset casset_page_script_machine_glass(void);
casset casset_page_script_machine_map(void);
casset casset_page_script_machine_pointing(void);
casset casset_page_script_machine(void);
casset casset_page_machine_style(void);

/// The style of the page's steps, once its script runs.
casset casset_page_steps_style(void);

/// The style of the panels in which temperature, top-k, top-p and draws are tried out.
casset casset_page_panels_style(void);

/// The script and the style of forms that ask the program.
casset casset_page_script_asking(void);
casset casset_page_asking_style(void);

/// The program of a page in which something learns, as WebAssembly, under gzip, and the script of its forms.
casset casset_page_lessons_program(void);
casset casset_page_script_trying(void);

/// The script that plays a generated text.
casset casset_story_script(void);

/// The script that turns a slice of a space.
casset casset_space_script(void);

#endif
