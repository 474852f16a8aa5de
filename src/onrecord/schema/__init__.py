"""The published contract: the model, its Arrow form, and the files in schema/ generated from them."""
