
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import modelcluster.fields
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('lms', '0001_initial'),
        ('lms_competencies', '0001_initial'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
    ]

    operations = [
        migrations.CreateModel(
            name='AssessmentArea',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(unique=True, verbose_name='key')),
                ('domain', models.CharField(max_length=100, verbose_name='domain')),
                ('title', models.CharField(max_length=100, verbose_name='title')),
                ('question', models.CharField(max_length=300, verbose_name='question')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
            ],
            options={
                'verbose_name': 'area of the self-assessment',
                'verbose_name_plural': 'areas of the self-assessment',
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='CurriculumPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('number', models.CharField(blank=True, max_length=10, verbose_name='number')),
                ('summary', models.TextField(blank=True, verbose_name='summary')),
            ],
            options={
                'verbose_name': 'curriculum',
                'verbose_name_plural': 'curricula',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='GlossaryTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('term', models.CharField(max_length=100, unique=True, verbose_name='term')),
                ('meaning', models.TextField(verbose_name='meaning')),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='source')),
                ('loaded_meaning', models.TextField(blank=True, editable=False)),
            ],
            options={
                'verbose_name': 'glossary term',
                'verbose_name_plural': 'glossary',
                'ordering': [django.db.models.functions.text.Lower('term')],
            },
        ),
        migrations.CreateModel(
            name='LearningIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
            ],
            options={
                'verbose_name': 'learning',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='ModulePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.TextField(blank=True, verbose_name='summary')),
                ('objectives', models.TextField(blank=True, help_text='One a line, each begins with a verb.', verbose_name='objectives')),
                ('minutes', models.PositiveSmallIntegerField(default=10, help_text='Beside the text stands how many its length comes to.', verbose_name='minutes')),
                ('sections', wagtail.fields.StreamField([('section', 50)], block_lookup={0: ('wagtail.blocks.CharBlock', (), {'label': 'Title'}), 1: ('content.blocks.learning.KeyIdeaBlock', (), {}), 2: ('content.blocks.learning.TextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link', 'document-link']}), 3: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'Picture'}), 4: ('wagtail.blocks.CharBlock', (), {'help_text': 'For people who do not see it.', 'label': 'What it shows'}), 5: ('wagtail.blocks.CharBlock', (), {'label': 'Caption', 'required': False}), 6: ('wagtail.blocks.StructBlock', [[('image', 3), ('alt', 4), ('caption', 5)]], {}), 7: ('wagtail.blocks.TextBlock', (), {'help_text': 'As they said them. Nobody invents any.', 'label': 'Their words'}), 8: ('wagtail.blocks.CharBlock', (), {'help_text': 'A first name, a role, or nothing that anyone could guess from.', 'label': 'As they want to be called'}), 9: ('wagtail.blocks.DateBlock', (), {'help_text': 'To these words, in this place. They can take it back any day.', 'label': 'They agreed on'}), 10: ('wagtail.blocks.CharBlock', (), {'help_text': 'Readers do not see this.', 'label': 'Where their agreement is kept'}), 11: ('wagtail.blocks.StructBlock', [[('words', 7), ('who', 8), ('consent_on', 9), ('consent_kept', 10)]], {}), 12: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'help_text': 'MP4 or WebM, up to 20 MB.', 'label': 'Video file', 'required': False}), 13: ('wagtail.blocks.URLBlock', (), {'help_text': 'It opens there, when somebody chooses to.', 'label': 'Or its address elsewhere', 'required': False}), 14: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'help_text': 'A .vtt file.', 'label': 'Captions', 'required': False}), 15: ('wagtail.blocks.TextBlock', (), {'help_text': 'What is said and shown. Captions or this is needed to publish.', 'label': 'Transcript', 'required': False}), 16: ('wagtail.blocks.StructBlock', [[('title', 0), ('file', 12), ('link', 13), ('captions', 14), ('transcript', 15)]], {}), 17: ('wagtail.blocks.CharBlock', (), {'label': 'Title', 'required': False}), 18: ('wagtail.blocks.TextBlock', (), {'help_text': 'Begins with “Imagine”. Nobody real.', 'label': 'Situation'}), 19: ('wagtail.blocks.TextBlock', (), {'label': 'Question', 'required': False}), 20: ('wagtail.blocks.TextBlock', (), {'label': 'What a colleague might do', 'required': False}), 21: ('wagtail.blocks.StructBlock', [[('title', 17), ('situation', 18), ('prompt', 19), ('thoughts', 20)]], {}), 22: ('content.blocks.learning.WordsBlock', (), {}), 23: ('wagtail.blocks.TextBlock', (), {'label': 'Question'}), 24: ('wagtail.blocks.CharBlock', (), {'label': 'Choice'}), 25: ('wagtail.blocks.BooleanBlock', (), {'label': 'A good answer', 'required': False}), 26: ('wagtail.blocks.TextBlock', (), {'help_text': 'Teaches, and never just says “wrong”.', 'label': 'Feedback'}), 27: ('wagtail.blocks.StructBlock', [[('text', 24), ('right', 25), ('feedback', 26)]], {}), 28: ('wagtail.blocks.ListBlock', (27,), {'label': 'Choices', 'min_num': 2}), 29: ('wagtail.blocks.StructBlock', [[('question', 23), ('choices', 28)]], {}), 30: ('wagtail.blocks.TextBlock', (), {'help_text': 'About the work; never about use, health or history.', 'label': 'Prompt'}), 31: ('wagtail.blocks.CharBlock', (), {'label': 'Note', 'required': False}), 32: ('wagtail.blocks.StructBlock', [[('prompt', 30), ('note', 31)]], {}), 33: ('wagtail.blocks.TextBlock', (), {'label': 'What it says'}), 34: ('wagtail.blocks.CharBlock', (), {'label': 'Where it holds'}), 35: ('wagtail.blocks.CharBlock', (), {'label': 'Source'}), 36: ('wagtail.blocks.DateBlock', (), {'label': 'Law as of'}), 37: ('wagtail.blocks.DateBlock', (), {'label': 'Look at it again by'}), 38: ('wagtail.blocks.StructBlock', [[('statement', 33), ('jurisdiction', 34), ('source', 35), ('as_of', 36), ('next_review', 37)]], {}), 39: ('wagtail.blocks.CharBlock', (), {}), 40: ('wagtail.blocks.ListBlock', (39,), {'label': 'Items'}), 41: ('wagtail.blocks.StructBlock', [[('title', 0), ('items', 40)]], {}), 42: ('wagtail.blocks.URLBlock', (), {'label': 'Address'}), 43: ('wagtail.blocks.CharBlock', (), {'label': 'Publisher', 'required': False}), 44: ('wagtail.blocks.CharBlock', (), {'label': 'Why open it', 'required': False}), 45: ('wagtail.blocks.StructBlock', [[('title', 0), ('url', 42), ('publisher', 43), ('note', 44)]], {}), 46: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'label': 'File'}), 47: ('wagtail.blocks.CharBlock', (), {'label': 'What it is for', 'required': False}), 48: ('wagtail.blocks.StructBlock', [[('document', 46), ('note', 47)]], {}), 49: ('wagtail.blocks.StreamBlock', [[('key_idea', 1), ('text', 2), ('picture', 6), ('voice', 11), ('video', 16), ('in_practice', 21), ('words', 22), ('check', 29), ('reflection', 32), ('law', 38), ('checklist', 41), ('resource', 45), ('download', 48)]], {'label': 'Content'}), 50: ('wagtail.blocks.StructBlock', [[('title', 0), ('content', 49)]], {})}, verbose_name='sections')),
                ('key_points', models.TextField(blank=True, help_text='What to remember, one sentence a line; three to five.', verbose_name='key points')),
                ('next_steps', models.TextField(blank=True, help_text='What to do together, one a line; two to four.', verbose_name='next steps with the supervisor')),
                ('completion_message', models.TextField(blank=True, verbose_name='words at the end')),
                ('is_heavy', models.BooleanField(default=False, help_text='About removal, overdose or violence: it opens with “You can pause, or do this with your supervisor”.', verbose_name='heavy')),
                ('is_done_together', models.BooleanField(default=False, help_text='A group reads it aloud. Nothing is kept of it, about anybody.', verbose_name='done together')),
                ('is_open_to_partners', models.BooleanField(default=False, verbose_name='open to partners')),
                ('reviewed_by', models.CharField(blank=True, help_text='Somebody with lived experience who has read it. Until then every page says that it is not yet reviewed.', max_length=100, verbose_name='reviewed by')),
                ('reviewed_on', models.DateField(blank=True, null=True, verbose_name='reviewed on')),
                ('rests_on_law', models.BooleanField(default=False, help_text='Nobody reads it until somebody has looked at that law again.', verbose_name='rests on law')),
                ('law_cleared_by', models.CharField(blank=True, max_length=100, verbose_name='law looked at by')),
                ('law_cleared_on', models.DateField(blank=True, null=True, verbose_name='law looked at on')),
                ('retake', models.CharField(choices=[('no', 'No: what was finished stays finished'), ('optional', 'It is offered to those who have finished it'), ('yes', 'Yes: it is asked of those who have finished it')], default='no', help_text='Asked each time you publish, and answered for that time alone.', max_length=10, verbose_name='Must people retake it?')),
                ('retake_from', models.DateField(blank=True, null=True, verbose_name='from')),
                ('retake_months', models.PositiveSmallIntegerField(default=3, validators=[django.core.validators.MinValueValidator(1)], verbose_name='within how many months')),
                ('retake_because', models.CharField(blank=True, max_length=300, verbose_name='what has changed')),
                ('changed_on', models.DateField(editable=False, null=True)),
                ('changed_because', models.CharField(blank=True, editable=False, max_length=300)),
                ('loaded_hash', models.CharField(blank=True, editable=False, max_length=64)),
                ('offered_hash', models.CharField(blank=True, editable=False, max_length=64)),
                ('offered_revision', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision')),
                ('retake_roles', modelcluster.fields.ParentalManyToManyField(blank=True, help_text='None: of everyone who has finished it.', related_name='+', to='lms.role', verbose_name='of which roles')),
                ('training', models.ForeignKey(help_text='What finishing it counts as; the training says which topics.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='lms_competencies.training', verbose_name='training')),
            ],
            options={
                'verbose_name': 'module',
                'verbose_name_plural': 'modules',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='KeptWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(max_length=100, verbose_name='word')),
                ('reason', models.CharField(max_length=300, verbose_name='reason')),
                ('kept_at', models.DateTimeField(verbose_name='kept at')),
                ('module', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='kept_words', to='lms_content.modulepage')),
            ],
            options={
                'verbose_name': 'word kept with a reason',
                'verbose_name_plural': 'words kept with a reason',
                'ordering': ['word'],
            },
        ),
        migrations.CreateModel(
            name='ModuleProgress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('module', models.UUIDField(verbose_name='module')),
                ('opened', models.JSONField(default=list, verbose_name='sections opened')),
                ('answers', models.JSONField(default=dict, verbose_name='answers')),
                ('started_at', models.DateTimeField(verbose_name='started at')),
                ('finished_at', models.DateTimeField(null=True, verbose_name='finished at')),
                ('again_on', models.DateField(null=True, verbose_name='begun again on')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='lms.person', verbose_name='person')),
                ('staff_member', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='lms.staffmember', verbose_name='staff member')),
                ('training', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='lms_competencies.training', verbose_name='training')),
            ],
            options={
                'verbose_name': 'progress in a module',
                'verbose_name_plural': 'progress in modules',
            },
        ),
        migrations.CreateModel(
            name='SelfAssessment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('begun_on', models.DateField(verbose_name='begun on')),
                ('closed_on', models.DateField(null=True, verbose_name='closed on')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='lms.agency', verbose_name='agency')),
            ],
            options={
                'verbose_name': 'self-assessment',
                'verbose_name_plural': 'self-assessments',
                'ordering': ['-begun_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='AssessmentAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.CharField(blank=True, choices=[('not_yet', 'Not yet'), ('beginning', 'We have begun'), ('mostly', 'Mostly'), ('ours', 'It is how we work')], max_length=20, verbose_name='level')),
                ('words', models.TextField(blank=True, max_length=4000, verbose_name='words')),
                ('version', models.PositiveIntegerField(default=0, verbose_name='version')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='lms_content.assessmentarea')),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='lms_content.selfassessment')),
            ],
            options={
                'verbose_name': 'answer of a self-assessment',
                'verbose_name_plural': 'answers of a self-assessment',
                'ordering': ['area__order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='WordChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(blank=True, editable=False, verbose_name='key')),
                ('avoid', models.CharField(max_length=100, verbose_name='instead of')),
                ('matches', models.TextField(blank=True, help_text='One a line. None: the word itself.', verbose_name='spellings to look for')),
                ('say', models.TextField(help_text='One a line, the best one first.', verbose_name='say')),
                ('why', models.CharField(max_length=300, verbose_name='why')),
                ('leaves', models.TextField(blank=True, help_text='Phrases and names that hold it and are right, one a line.', verbose_name='leave alone inside')),
                ('is_used', models.BooleanField(default=True, verbose_name='in use')),
                ('loaded_hash', models.CharField(blank=True, editable=False, max_length=64)),
                ('agency', models.ForeignKey(blank=True, help_text='None: for everyone.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='lms.agency', verbose_name='agency')),
            ],
            options={
                'verbose_name': 'word to choose',
                'verbose_name_plural': 'words to choose',
                'ordering': [django.db.models.functions.text.Lower('avoid'), 'pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='modulepage',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('retake', 'yes'), _negated=True), ('retake_from__isnull', False), _connector='OR'), name='lms_modulepage_retake_begins'),
        ),
        migrations.AddConstraint(
            model_name='keptword',
            constraint=models.UniqueConstraint(fields=('module', 'word'), name='lms_keptword_once_a_module'),
        ),
        migrations.AddConstraint(
            model_name='moduleprogress',
            constraint=models.UniqueConstraint(fields=('person', 'module'), name='lms_moduleprogress_once'),
        ),
        migrations.AddConstraint(
            model_name='selfassessment',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_on', None)), fields=('agency',), name='lms_selfassessment_one_open_an_agency'),
        ),
        migrations.AddConstraint(
            model_name='assessmentanswer',
            constraint=models.UniqueConstraint(fields=('assessment', 'area'), name='lms_assessmentanswer_once_an_area'),
        ),
        migrations.AddConstraint(
            model_name='wordchoice',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('avoid'), models.F('agency'), condition=models.Q(('agency__isnull', False)), name='lms_wordchoice_once_an_agency', violation_error_message='This word is on the list already.'),
        ),
        migrations.AddConstraint(
            model_name='wordchoice',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('avoid'), condition=models.Q(('agency', None)), name='lms_wordchoice_once_for_everyone', violation_error_message='This word is on the list already.'),
        ),
    ]
