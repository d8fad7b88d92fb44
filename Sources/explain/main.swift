import ExplainCLI
import Platform

exit(ExplainCLI.run())
