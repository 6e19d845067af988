"""The services of the Xbox network, one file each: vocabulary, models, verbs."""
