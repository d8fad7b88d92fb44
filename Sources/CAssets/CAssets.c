#include "CAssets.h"

// A macro cannot contain a directive, so each file names its own array.

static const _Alignas(64) unsigned char model_config[] = {
#embed "Files/starter/config.json"
};
static const _Alignas(64) unsigned char model_weights[] = {
#embed "Files/starter/model.safetensors"
};
static const _Alignas(64) unsigned char model_vocabulary[] = {
#embed "Files/starter/vocab.json"
};
static const _Alignas(64) unsigned char model_merges[] = {
#embed "Files/starter/merges.txt"
};
static const _Alignas(64) unsigned char page_style[] = {
#embed "Files/page.css"
};
static const _Alignas(64) unsigned char story_script[] = {
#embed "Files/story.js"
};
static const _Alignas(64) unsigned char space_script[] = {
#embed "Files/space.js"
};

casset casset_model_config(void) { return (casset){model_config, sizeof model_config}; }
casset casset_model_weights(void) { return (casset){model_weights, sizeof model_weights}; }
casset casset_model_vocabulary(void) { return (casset){model_vocabulary, sizeof model_vocabulary}; }
casset casset_model_merges(void) { return (casset){model_merges, sizeof model_merges}; }
casset casset_page_style(void) { return (casset){page_style, sizeof page_style}; }
casset casset_story_script(void) { return (casset){story_script, sizeof story_script}; }
casset casset_space_script(void) { return (casset){space_script, sizeof space_script}; }
